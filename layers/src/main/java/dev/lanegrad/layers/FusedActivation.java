package dev.lanegrad.layers;

/**
 * An activation that does nothing but apply its formula, so that a layer before it can do so: no
 * class outside of this package is one, and those inside leave {@link #forward} as it is.
 */
public sealed interface FusedActivation extends Activation
    permits CELU,
        ELU,
        GELU,
        Hardsigmoid,
        Hardswish,
        Hardtanh,
        LeakyReLU,
        LogSigmoid,
        Mish,
        NamedFunction,
        ReLU,
        ReLU6,
        SELU,
        SiLU,
        Sigmoid,
        Softplus,
        Softsign,
        Tanh {}
