"""What is printed or taken away: documents, sheets and spreadsheets, on one paper."""
