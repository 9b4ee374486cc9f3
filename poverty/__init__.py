"""The field's arithmetic: poverty indices, inequality, rates, lines, disclosure control. No input or output."""
