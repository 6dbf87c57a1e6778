"""What a scripted partner says: situations, personas, graphs and recasts, as pure functions."""
