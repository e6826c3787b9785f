import Files
import LinearAlgebra
import ProximalPoint

/// The average loss over rows that are read anew for each of its values and derivatives, in memory of a block of them.
///
/// What methods on all examples ask for are sums over examples, so blocks will do. A fault of the file ends it: from
/// then on values are infinite, which ends any method, and `failure` is what there is to throw.
final class StreamedObjective<Features: FeatureRows, R: Regularizer>: SmoothObjective {
  /// Calls its argument with block after block.
  typealias Pass = ((Examples<Features>) -> Void) throws(EspalierError) -> Void

  let loss: any FamilyLoss
  let exampleCount: Int
  let dimension: Int
  let penalty: CoordinatePenalty<R>
  /// The first fault of the file.
  private(set) var failure: EspalierError?
  /// A block, whose form is that of all.
  private var first: Examples<Features>?
  private let pass: Pass

  /// The average over `count` rows of `features` features.
  init(_ loss: any FamilyLoss, count: Int, features: Int, hasIntercept: Bool, regularizer: R, pass: @escaping Pass) {
    self.loss = loss
    exampleCount = count
    let block = features + (hasIntercept ? 1 : 0)
    dimension = block * loss.predictorCount
    penalty = CoordinatePenalty(regularizer, features: features, block: block)
    self.pass = pass
  }

  func lossValue(_ x: [Double]) -> Double {
    var sum = 0.0
    read { sum += self.loss.average(over: $0, at: x) * self.share(of: $0) }
    return failure == nil ? sum : .infinity
  }

  func lossGradient(_ x: [Double]) -> [Double] {
    var sum = [Double](repeating: 0, count: dimension)
    read { examples in
      let gradient = self.loss.gradient(over: examples, at: x)
      for j in sum.indices { sum[j] += self.share(of: examples) * gradient[j] }
    }
    return sum
  }

  func lossHessian(_ x: [Double]) -> Matrix {
    var sum = Matrix(rows: dimension, columns: dimension)
    read { examples in
      let hessian = self.loss.hessian(over: examples, at: x)
      for place in sum.elements.indices { sum.elements[place] += self.share(of: examples) * hessian.elements[place] }
      self.first = self.first ?? examples
    }
    return sum
  }

  func fillFlatDirections(of hessian: inout Matrix) {
    guard let first else { return }
    loss.fillFlatDirections(of: &hessian, over: first, regularizer: penalty.regularizer)
  }

  func reach(of step: [Double]) -> Double {
    var reach = 0.0
    read { reach = max(reach, self.loss.reach(of: step, over: $0)) }
    return reach
  }

  private func share(of examples: Examples<Features>) -> Double { Double(examples.count) / Double(exampleCount) }

  private func read(_ body: (Examples<Features>) -> Void) {
    guard failure == nil else { return }
    do {
      try pass(body)
    } catch {
      failure = error
    }
  }
}
