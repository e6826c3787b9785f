import EspalierProximalPoint
import Synchronization

/// The optimisers of networks, by their names on the command line: one entry each, and those that are added.
package enum Optimizers {
  /// Settings of optimisers that have some.
  package struct Settings: Sendable {
    /// The share of the last step, or of the mean of gradients, that is taken again.
    package var momentum: Float = 0.9
    /// Whether stochastic gradients look at the gradient where momentum leads.
    package var nesterov = true
    /// How strongly weights, not biases or normalisations, are drawn to zero.
    package var weightDecay: Float = 0
    /// How SPPAM's momentum is held back.
    package var damping = MomentumDamping.contraction
    /// How proximal steps are approached.
    package var inner = InexactProximalStep()

    /// The usual settings.
    package init() {}
  }

  /// An optimiser by its name.
  package struct Entry: Sendable {
    /// The name on the command line.
    package let name: String
    /// The optimiser with these settings.
    package let make: @Sendable (Settings) -> any Optimizer

    /// An optimiser called `name`.
    package init(_ name: String, make: @escaping @Sendable (Settings) -> any Optimizer) {
      (self.name, self.make) = (name, make)
    }
  }

  private static let own = [
    Entry("sgd") { StochasticGradientDescent(momentum: 0, nesterov: false, weightDecay: $0.weightDecay) },
    Entry("sgdm") {
      StochasticGradientDescent(momentum: $0.momentum, nesterov: $0.nesterov, weightDecay: $0.weightDecay)
    },
    Entry("adamw") { AdamW(momentum: $0.momentum, weightDecay: $0.weightDecay) },
    Entry("sppa") { StochasticProximalPoint(momentum: 0, weightDecay: $0.weightDecay, inner: $0.inner) },
    Entry("sppam") {
      StochasticProximalPoint(
        momentum: $0.momentum, weightDecay: $0.weightDecay, damping: $0.damping, inner: $0.inner)
    },
  ]

  private static let added = Mutex<[Entry]>([])

  /// All of them, those added last.
  package static var all: [Entry] { own + added.withLock { $0 } }

  /// Adds an optimiser; one of the same name that was added before is replaced.
  package static func add(_ entry: Entry) {
    added.withLock { added in
      added.removeAll { $0.name == entry.name }
      added.append(entry)
    }
  }
}
