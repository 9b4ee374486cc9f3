"""What people see: the frame, the pages, and the texts in both languages."""
