package dev.lanegrad.autodiff.op;

/**
 * An operation that is put together from others and has a reverse rule of its own. Its parts go
 * through the gate as every operation does, but nothing of them is recorded: a program of what ran
 * lists them under its name.
 *
 * <p>Some look at numbers that a part gave and go on in another way where those are not of usual
 * size. Such a look is a step of the program, too: it holds for numbers that lead the same way.
 */
public interface CompositeOp extends Op {}
