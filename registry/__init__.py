"""The write side: models, services, importing, migrations, and the commands that run them."""
