"""The shop in pure values: money, codes, products, the basket, tax, the sale and its receipt."""
