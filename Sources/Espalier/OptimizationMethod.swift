import EspalierTraining

/// A way to change the parameters of a network by their gradients.
public struct OptimizationMethod: Sendable {
  let optimizer: any EspalierTraining.Optimizer

  /// Stochastic gradient descent with Nesterov's momentum of 0.9.
  public static let momentum = OptimizationMethod(optimizer: StochasticGradientDescent())

  /// Adaptive moments with decoupled weight decay of 0.01.
  public static let adamW = OptimizationMethod(optimizer: AdamW())

  /// The optimiser that the command line calls `name`, with its usual settings; `nil` where there is none.
  public static func named(_ name: String) -> OptimizationMethod? {
    Optimizers.all.last { $0.name == name }.map { OptimizationMethod(optimizer: $0.make(Optimizers.Settings())) }
  }

  /// The names of all optimisers, those of clients behind the project's own.
  public static var names: [String] { Optimizers.all.map(\.name) }

  /// An optimiser of one's own, which from now on has its name among ``names``.
  public static func adding<Method: Optimizer>(_ optimizer: Method) -> OptimizationMethod {
    let adapter = ClientOptimizer(client: optimizer)
    Optimizers.add(Optimizers.Entry(Method.name) { _ in adapter })
    return OptimizationMethod(optimizer: adapter)
  }
}
