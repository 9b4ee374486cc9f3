"""Applications for aid: the worklist, one application, and the form that opens one."""
