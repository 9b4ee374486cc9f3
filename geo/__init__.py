"""Areas and geometry without a database: names, boundary files, coverages, gazetteer."""
