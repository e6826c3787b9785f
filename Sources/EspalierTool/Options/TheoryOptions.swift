import ArgumentParser

/// The theory of i-SpaSP beside a pruning.
struct TheoryOptions: ParsableArguments {
  @Flag(
    help: """
      Say for each group what the theory of i-SpaSP promises and what came out: the compressibility of the hidden \
      representation, the restricted isometry constant of the weights, the bound on the residual and the residual. \
      Takes Gram matrices, which are slow for convolutions.
      """) var theory = false
}
