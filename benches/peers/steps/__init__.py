"""Steps of the chain: points, tours, dates, allocation, mending, packing. `chain.py` puts them together."""
