"""Pages for people: sales, stock, lanes and what needs a look; and the receipt a shopper's phone opens."""
