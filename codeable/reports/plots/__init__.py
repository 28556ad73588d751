"""Plots of counts: matrices, bars and curves, laid out in millimetres and drawn by matplotlib."""
