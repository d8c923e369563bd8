"""Everything staff can do, one function each: permission, rule, change and audit entry in one transaction."""
