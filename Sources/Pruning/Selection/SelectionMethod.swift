import EspalierFiles

/// A way to choose which units of a group to keep: a pure function of the statistics.
package protocol SelectionMethod: Sendable {
  /// The name of the method on the command line.
  static var identifier: String { get }

  /// The title of the method in reports.
  static var title: String { get }

  /// The statistics that the method requires.
  static var need: StatisticsNeed { get }

  /// The loss whose gradients at the units' gates the method requires (``UnitTraits/gateGradients``); `nil` for none.
  static var gateLoss: GateGradients.Loss? { get }

  /// Whether, without a re-fit, dropped units are merged into kept ones (``UnitMerging``).
  static var mergesUnits: Bool { get }

  /// Refuses a problem that lacks what the method judges by.
  ///
  /// - Throws: `EspalierError`, a refusal that names the group.
  func check(_ problem: SelectionProblem) throws(EspalierError)

  /// The method to use for `problem`: itself, unless it delegates.
  func method(for problem: SelectionProblem) -> any SelectionMethod

  /// Chooses `count` of the problem's units, `1 <= count <= unitCount`.
  func select(_ count: Int, of problem: SelectionProblem) -> Selection
}

extension SelectionMethod {
  /// None.
  package static var gateLoss: GateGradients.Loss? { nil }
  /// By default, weights stay unchanged.
  package static var mergesUnits: Bool { false }
  /// By default, every problem can be judged.
  package func check(_ problem: SelectionProblem) throws(EspalierError) {}
  /// The method itself.
  package func method(for problem: SelectionProblem) -> any SelectionMethod { self }
  /// The name of the method on the command line.
  package var identifier: String { Self.identifier }
  /// The title of the method in reports.
  package var title: String { Self.title }
  /// The statistics that the method requires.
  package var need: StatisticsNeed { Self.need }
  /// Whether, without a re-fit, dropped units are merged into kept ones.
  package var mergesUnits: Bool { Self.mergesUnits }
  /// The loss whose gradients at the units' gates the method requires; `nil` for none.
  package var gateLoss: GateGradients.Loss? { Self.gateLoss }
}

extension Sequence<Int> {
  /// `D(v, k)`: the `count` indices with the largest entries in `values`; among equal entries, the lower index first.
  package func largest(_ count: Int, by values: [Double]) -> [Int] {
    Array(sorted { (values[$1], $0) < (values[$0], $1) }.prefix(count))
  }
}
