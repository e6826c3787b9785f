import EspalierPruning

/// A way to choose the units that stay.
public struct PruningMethod: Sendable {
  let method: any EspalierPruning.SelectionMethod

  /// The name on the command line and in reports.
  public var name: String { method.identifier }

  /// The default: backward elimination where second moments fit into memory, i-SpaSP where they do not.
  public static let automatic = PruningMethod(method: Automatic())

  /// i-SpaSP as published (Wolfe and Kyrillidis, L4DC 2022, algorithm 1).
  public static func ispasp(iterations: Int = 20) -> PruningMethod {
    PruningMethod(method: ISpaSP(iterations: iterations))
  }

  /// The method that the command line calls `name`; `nil` where there is none.
  public static func named(_ name: String) -> PruningMethod? {
    SelectionMethods.named(name).map(PruningMethod.init(method:))
  }

  /// The names of all methods, those of clients behind the project's own.
  public static var names: [String] { SelectionMethods.all.map(\.identifier) }

  /// A method of one's own, which from now on has its name among ``names``.
  public static func adding<Method: SelectionMethod>(_ method: Method) -> PruningMethod {
    let adapter = ClientMethod(method)
    SelectionMethods.add(adapter)
    return PruningMethod(method: adapter)
  }
}
