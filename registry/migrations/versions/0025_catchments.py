"""The households of a catchment are found by an index; the sample's council office has its catchment, not a district."""

from __future__ import annotations

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "household_catchments_idx", "household", ["catchment_codes"], schema="ekasih", postgresql_using="gin"
    )
    op.execute("""
        UPDATE ekasih.app_user SET territory = '{C.PPKB-BATU-GAJAH}'
        WHERE demo AND login = 'ppkb.batugajah' AND territory = '{0803}'
            AND EXISTS (SELECT FROM ekasih.area WHERE code = 'C.PPKB-BATU-GAJAH')
    """)
