"""The law the portal keeps: working days, clocks, grounds and plain reading, as pure rules without tables."""
