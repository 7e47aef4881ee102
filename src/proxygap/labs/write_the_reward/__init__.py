"""Write the reward: the learner decides what is paid; an optimiser takes it literally."""

from proxygap.labs.write_the_reward.lab import LAB

__all__ = ["LAB"]
