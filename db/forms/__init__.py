"""What people fill in: forms without a table, checked here and nowhere else."""
