/// The whole numbers that options take: from 1 up to more than any job needs, and few enough that products of what is
/// counted stay whole numbers of the machine.
enum Count {
  /// Samples, sizes, steps: what there may be many of.
  static let most = 1_000_000_000
  /// Epochs, seeds, trials: what all of those are gone through for.
  static let mostRepetitions = 1_000_000

  /// Whether all numbers that are given are from 1 to ``most``.
  static func allows(_ numbers: Int?...) -> Bool {
    numbers.allSatisfy { $0.map { (1...most).contains($0) } ?? true }
  }

  /// Whether all numbers are from 1 to ``mostRepetitions``; from 0 where `zero` says so.
  static func allowsRepetitions(_ numbers: Int..., zero: Bool = false) -> Bool {
    numbers.allSatisfy { ((zero ? 0 : 1)...mostRepetitions).contains($0) }
  }

  /// What to say of options that take such numbers.
  static let words = "whole numbers from 1 to \(most)"
  /// What to say of options that take repetitions.
  static let repetitionWords = "whole numbers from 1 to \(mostRepetitions)"
}
