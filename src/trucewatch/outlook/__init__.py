"""What may come next in an area: counted series, distributions, the record of past forecasts, rival scenarios."""
