/// A way to choose which units of a group to keep: a pure function of the statistics.
package protocol SelectionMethod: Sendable {
  /// What the command line calls the method.
  static var identifier: String { get }

  /// What reports call the method.
  static var title: String { get }

  /// What the choice is worked out from.
  static var need: StatisticsNeed { get }

  /// The method that `problem` is decided by: the method itself, unless it stands for several.
  func method(for problem: SelectionProblem) -> any SelectionMethod

  /// Chooses `count` of the problem's units, `1 <= count <= unitCount`.
  func select(_ count: Int, of problem: SelectionProblem) -> Selection
}

extension SelectionMethod {
  /// The method itself.
  package func method(for problem: SelectionProblem) -> any SelectionMethod { self }
  /// What the command line calls the method.
  package var identifier: String { Self.identifier }
  /// What reports call the method.
  package var title: String { Self.title }
  /// What the choice is worked out from.
  package var need: StatisticsNeed { Self.need }
}

extension Sequence<Int> {
  /// `D(v, k)`: those `count` of these indices whose entries in `values` are largest; of equal entries the lower index first.
  func largest(_ count: Int, by values: [Double]) -> [Int] {
    Array(sorted { (values[$1], $0) < (values[$0], $1) }.prefix(count))
  }
}
