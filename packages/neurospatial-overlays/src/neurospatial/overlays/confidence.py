"""How sure the tracking has to be of a keypoint for it to be shown."""

MIN_CONFIDENCE = 0.3
"""Likelihoods of DeepLabCut are mostly near 0 or 1, with its own cutoff at 0.6; scores of SLEAP
are heights of peaks, of which good ones reach down to this."""
