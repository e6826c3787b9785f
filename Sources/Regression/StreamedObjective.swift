import EspalierFiles
import EspalierLinearAlgebra
import EspalierProximalPoint

/// The average loss over rows that are read anew for each evaluation, in the memory of one block.
///
/// Values and derivatives are sums over examples, so they are computed block by block. After a read error, values are
/// infinite, which ends any method, and `failure` holds the error to throw.
final class StreamedObjective<Features: FeatureRows, R: Regularizer>: SmoothObjective {
  let loss: any FamilyLoss
  let exampleCount: Int
  let dimension: Int
  let penalty: CoordinatePenalty<R>
  /// The first read error.
  private(set) var failure: EspalierError?
  /// A block; all blocks have its form.
  private var first: Examples<Features>?
  private let blocks: ExampleBlocks<Features>

  /// The average over `count` rows of `features` features.
  init(
    _ loss: any FamilyLoss, count: Int, features: Int, hasIntercept: Bool, regularizer: R,
    over blocks: ExampleBlocks<Features>
  ) {
    self.loss = loss
    exampleCount = count
    let block = features + (hasIntercept ? 1 : 0)
    dimension = block * loss.predictorCount
    penalty = CoordinatePenalty(regularizer, features: features, block: block)
    self.blocks = blocks
  }

  func lossValue(_ x: [Double]) -> Double {
    var sum = 0.0
    let next = reader()
    while let examples = next() { sum += loss.average(over: examples, at: x) * share(of: examples) }
    return failure == nil ? sum : .infinity
  }

  func lossGradient(_ x: [Double]) -> [Double] {
    var sum = [Double](repeating: 0, count: dimension)
    let next = reader()
    while let examples = next() {
      let gradient = loss.gradient(over: examples, at: x)
      for j in sum.indices { sum[j] += share(of: examples) * gradient[j] }
    }
    return sum
  }

  func lossHessian(_ x: [Double]) -> Matrix {
    var sum = Matrix(rows: dimension, columns: dimension)
    let next = reader()
    while let examples = next() {
      let hessian = loss.hessian(over: examples, at: x)
      for place in sum.elements.indices { sum.elements[place] += share(of: examples) * hessian.elements[place] }
      first = first ?? examples
    }
    return sum
  }

  func fillFlatDirections(of hessian: inout Matrix) {
    guard let first else { return }
    loss.fillFlatDirections(of: &hessian, over: first, regularizer: penalty.regularizer)
  }

  func reach(of step: [Double]) -> Double {
    var reach = 0.0
    let next = reader()
    while let examples = next() { reach = max(reach, loss.reach(of: step, over: examples)) }
    return reach
  }

  private func share(of examples: Examples<Features>) -> Double { Double(examples.count) / Double(exampleCount) }

  /// Returns block after block; `nil` at the end or after a read error.
  private func reader() -> () -> Examples<Features>? {
    var next: (() throws(EspalierError) -> Examples<Features>?)?
    return { [self] in
      guard failure == nil else { return nil }
      do throws(EspalierError) {
        if next == nil { next = try blocks.reader() }
        return try next?()
      } catch {
        failure = error
        return nil
      }
    }
  }
}
