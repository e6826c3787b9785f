/// The methods there are, by what the command line calls them: one line each.
public enum SelectionMethods {
  /// All of them, with their standard settings.
  public static let all: [any SelectionMethod] = [
    Automatic(), BackwardElimination(), OrthogonalMatchingPursuit(), ISpaSP(), GreedyForwardSelection(),
    Magnitude.L1(), Magnitude.L2(), RandomSelection(),
  ]

  /// The method called `identifier`, with these settings where it has them; `nil` if there is none.
  public static func named(
    _ identifier: String, iterations: Int = 20, ridge: Ridge = Ridge(), seed: UInt64 = 0
  ) -> (any SelectionMethod)? {
    switch identifier {
    case Automatic.identifier: Automatic(iterations: iterations, ridge: ridge)
    case ISpaSP.identifier: ISpaSP(iterations: iterations)
    case OrthogonalMatchingPursuit.identifier: OrthogonalMatchingPursuit(ridge: ridge)
    case BackwardElimination.identifier: BackwardElimination(ridge: ridge)
    case RandomSelection.identifier: RandomSelection(seed: seed)
    default: all.first { $0.identifier == identifier }
    }
  }
}
