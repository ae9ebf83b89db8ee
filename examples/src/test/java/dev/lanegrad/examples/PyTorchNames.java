package dev.lanegrad.examples;

import java.util.Set;

/** Names of PyTorch 2.13, of those kinds of things that this library has too. */
final class PyTorchNames {
  /** Modules, losses, optimizers and schedules: torch.nn, torch.optim and its lr_scheduler. */
  static final Set<String> CLASSES =
      Set.of(
          ("AdaptiveAvgPool1d AdaptiveAvgPool2d AvgPool1d AvgPool2d BatchNorm1d BatchNorm2d"
               + " Bilinear CELU Conv1d Conv2d ConvTranspose1d ConvTranspose2d Dropout Dropout2d"
               + " ELU Embedding Flatten GELU GRU GroupNorm Hardsigmoid Hardswish Hardtanh Identity"
               + " LSTM LayerNorm LeakyReLU Linear LogSigmoid LogSoftmax MaxPool1d MaxPool2d Mish"
               + " MultiheadAttention PReLU RMSNorm RNN ReLU ReLU6 SELU Sequential SiLU Sigmoid"
               + " Softmax Softplus Softsign Tanh TransformerEncoderLayer Unflatten BCELoss"
               + " BCEWithLogitsLoss CosineEmbeddingLoss CrossEntropyLoss HuberLoss KLDivLoss"
               + " L1Loss MSELoss MultiMarginLoss NLLLoss PoissonNLLLoss SmoothL1Loss"
               + " TripletMarginLoss ASGD Adadelta Adafactor Adagrad Adam AdamW Adamax LBFGS Muon"
               + " NAdam RAdam RMSprop Rprop SGD SparseAdam ChainedScheduler ConstantLR"
               + " CosineAnnealingLR CosineAnnealingWarmRestarts CyclicLR ExponentialLR LambdaLR"
               + " LinearLR MultiStepLR MultiplicativeLR OneCycleLR PolynomialLR ReduceLROnPlateau"
               + " SequentialLR StepLR SWALR")
              .split(" "));

  private PyTorchNames() {}
}
