/// The integers that options accept: from 1 to more than any job needs, small enough that products of counts do not
/// overflow.
enum Count {
  /// The largest number of samples, units or steps.
  static let most = 1_000_000_000
  /// The largest number of epochs, seeds or trials, which repeat over all of those.
  static let mostRepetitions = 1_000_000

  /// Whether all given numbers are from 1 to ``most``.
  static func allows(_ numbers: Int?...) -> Bool {
    numbers.allSatisfy { $0.map { (1...most).contains($0) } ?? true }
  }

  /// Whether all numbers are from 1 to ``mostRepetitions``, or from 0 if `zero` is true.
  static func allowsRepetitions(_ numbers: Int..., zero: Bool = false) -> Bool {
    numbers.allSatisfy { ((zero ? 0 : 1)...mostRepetitions).contains($0) }
  }

  /// The description of the accepted numbers in messages.
  static let words = "whole numbers from 1 to \(most)"
  /// The description of the accepted repetitions in messages.
  static let repetitionWords = "whole numbers from 1 to \(mostRepetitions)"
}
