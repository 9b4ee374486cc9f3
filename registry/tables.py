"""Every table of the register, whatever its subject: what Alembic compares the database with."""

from registry.accounts import models as _accounts  # noqa: F401 - its tables enter the metadata
from registry.aid import models as _aid  # noqa: F401 - its tables enter the metadata
from registry.aid.targets import models as _targets  # noqa: F401 - its tables enter the metadata
from registry.api_keys import models as _api_keys  # noqa: F401 - its tables enter the metadata
from registry.applications import models as _applications  # noqa: F401 - its tables enter the metadata
from registry.areas import models as _areas  # noqa: F401 - its tables enter the metadata
from registry.articles import models as _articles  # noqa: F401 - its tables enter the metadata
from registry.audit import models as _audit  # noqa: F401 - its tables enter the metadata
from registry.base import Base
from registry.cards import models as _cards  # noqa: F401 - its tables enter the metadata
from registry.cases import models as _cases  # noqa: F401 - its tables enter the metadata
from registry.cleansing import models as _cleansing  # noqa: F401 - its tables enter the metadata
from registry.deliveries import models as _deliveries  # noqa: F401 - its tables enter the metadata
from registry.households import models as _households  # noqa: F401 - its tables enter the metadata
from registry.inquiries import models as _inquiries  # noqa: F401 - its tables enter the metadata
from registry.intake import models as _intake  # noqa: F401 - its tables enter the metadata
from registry.jobs import models as _jobs  # noqa: F401 - its tables enter the metadata
from registry.kpi import models as _kpi  # noqa: F401 - its tables enter the metadata
from registry.ledger import models as _ledger  # noqa: F401 - its tables enter the metadata
from registry.measuring import models as _measuring  # noqa: F401 - its tables enter the metadata
from registry.meetings import models as _meetings  # noqa: F401 - its tables enter the metadata
from registry.portal import models as _portal  # noqa: F401 - its tables enter the metadata
from registry.programmes import models as _programmes  # noqa: F401 - its tables enter the metadata
from registry.projects import models as _projects  # noqa: F401 - its tables enter the metadata
from registry.publishing import models as _publishing  # noqa: F401 - its tables enter the metadata
from registry.referrals import models as _referrals  # noqa: F401 - its tables enter the metadata
from registry.releases import models as _releases  # noqa: F401 - its tables enter the metadata
from registry.reporting import models as _reporting  # noqa: F401 - its tables enter the metadata
from registry.rounds import models as _rounds  # noqa: F401 - its tables enter the metadata
from registry.simulations import models as _simulations  # noqa: F401 - its tables enter the metadata
from registry.status import models as _status  # noqa: F401 - its tables enter the metadata
from registry.support import models as _support  # noqa: F401 - its tables enter the metadata
from registry.views import models as _views  # noqa: F401 - its tables enter the metadata
from registry.visits import models as _visits  # noqa: F401 - its tables enter the metadata

METADATA = Base.metadata
