"""The KPI page: the indicators of an area against their targets, and the worklist behind each number."""
