import Synchronization

/// The selection methods by their names on the command line, including those that clients add.
package enum SelectionMethods {
  /// The built-in methods, with their default settings.
  private static let own: [any SelectionMethod] = [
    Automatic(), BackwardElimination(), Swapping(BackwardElimination()), OrthogonalMatchingPursuit(),
    Swapping(OrthogonalMatchingPursuit()), ISpaSP(), ISpaSPLeastSquares(), GreedyForwardSelection(), OutputFisher(),
    Taylor(), Wanda(), ActivationMean(), NearestUnits(), GeometricMedian(), NormalizationScale(),
    LayerAdaptiveMagnitude(), Magnitude.L1(), Magnitude.L2(), RandomSelection(),
  ]

  private static let added = Mutex<[any SelectionMethod]>([])

  /// All methods, those of clients last.
  package static var all: [any SelectionMethod] { own + added.withLock { $0 } }

  /// Adds a client's method, replacing one with the same name that a client added before.
  package static func add(_ method: any SelectionMethod) {
    added.withLock { added in
      added.removeAll { $0.identifier == method.identifier }
      added.append(method)
    }
  }

  /// The method named `identifier`, with these settings where it has them; `nil` if there is none.
  package static func named(
    _ identifier: String, iterations: Int = 20, ridge: Ridge = Ridge(), seed: UInt64 = 0
  ) -> (any SelectionMethod)? {
    switch identifier {
    case Automatic.identifier: Automatic(iterations: iterations, ridge: ridge)
    case ISpaSP.identifier: ISpaSP(iterations: iterations)
    case OrthogonalMatchingPursuit.identifier: OrthogonalMatchingPursuit(ridge: ridge)
    case BackwardElimination.identifier: BackwardElimination(ridge: ridge)
    case ISpaSPLeastSquares.identifier: ISpaSPLeastSquares(iterations: iterations, ridge: ridge)
    case Swapping<BackwardElimination>.identifier: Swapping(BackwardElimination(ridge: ridge), ridge: ridge)
    case Swapping<OrthogonalMatchingPursuit>.identifier: Swapping(OrthogonalMatchingPursuit(ridge: ridge), ridge: ridge)
    case RandomSelection.identifier: RandomSelection(seed: seed)
    default: all.first { $0.identifier == identifier }
    }
  }
}
