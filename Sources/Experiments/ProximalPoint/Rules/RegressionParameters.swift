import EspalierProximalPoint
import EspalierTraining

/// The coefficients of a regression as the one parameter that an `Optimizer` changes: a resource.
final class RegressionParameters {
  private let value: UnsafeMutableBufferPointer<Float>
  private let gradient: UnsafeMutableBufferPointer<Float>
  private let others: [UnsafeMutableBufferPointer<Float>]
  private let parameter: OptimizedParameter

  /// Coefficients of 0, with the memory that the rule needs.
  init(_ examples: Examples<DenseRows>, _ optimizer: any Optimizer) {
    func zeros() -> UnsafeMutableBufferPointer<Float> {
      let memory = UnsafeMutableBufferPointer<Float>.allocate(capacity: examples.dimension)
      memory.initialize(repeating: 0)
      return memory
    }
    (value, gradient) = (zeros(), zeros())
    let state = optimizer.stateNames.map { _ in zeros() }
    let workspace = (0..<optimizer.workspaceCount).map { _ in zeros() }
    others = state + workspace
    parameter = OptimizedParameter(
      value: value, gradient: gradient, state: state, workspace: workspace, decays: false)
  }

  deinit {
    value.deallocate()
    gradient.deallocate()
    others.forEach { $0.deallocate() }
  }

  /// The coefficients.
  var coefficients: [Double] { value.map(Double.init) }

  /// Adds the coefficients to a sum.
  func add(to sum: inout [Double]) {
    for place in sum.indices { sum[place] += Double(value[place]) }
  }

  /// One step on a batch. The loss that the rule sees is in excess of each example's infimum.
  func take(
    _ optimizer: any Optimizer, on batch: ArraySlice<Int>, of problem: RegressionCase.Problem, number: Int,
    stepSize: Double
  ) {
    _ = optimizer.take(
      OptimizationStep([parameter], number: number, stepSize: Float(stepSize)) { [self] in
        evaluate(problem.loss, batch, problem.examples)
      })
  }

  private func evaluate(_ loss: some Loss, _ batch: ArraySlice<Int>, _ examples: Examples<DenseRows>) -> Double {
    let (features, elements) = (examples.rows.dimension, examples.rows.elements)
    var sums = [Double](repeating: 0, count: value.count)
    var total = 0.0
    for row in batch {
      let first = row * features
      var predictor = Double(value[features])
      for column in 0..<features { predictor += elements[first + column] * Double(value[column]) }
      let target = examples.targets[row]
      total += loss.value(predictor, target) - loss.minimum(target)
      let slope = loss.derivative(predictor, target)
      for column in 0..<features { sums[column] += slope * elements[first + column] }
      sums[features] += slope
    }
    for column in gradient.indices { gradient[column] = Float(sums[column] / Double(batch.count)) }
    return total / Double(batch.count)
  }
}
