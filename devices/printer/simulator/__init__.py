"""An ESC/POS receipt printer made of software: reads the bytes, keeps the state, prints on picture paper."""
