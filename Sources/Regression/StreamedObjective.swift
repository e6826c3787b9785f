import EspalierFiles
import EspalierLinearAlgebra
import EspalierProximalPoint

/// The average loss over rows that are read anew for each point, in the memory of one block.
///
/// Value and derivatives are sums over examples, so they are computed block by block. One pass computes all of them:
/// the point at which a value is asked for is nearly always the next at which derivatives are. After a read error,
/// values are infinite, which ends any method, and `failure` holds the error to throw.
final class StreamedObjective<Features: FeatureRows, R: Regularizer>: SmoothObjective {
  /// The first read error; shared by an objective and its envelopes.
  private final class Failure {
    var error: EspalierError?
  }

  /// The average loss at a point and its derivatives.
  private struct Evaluation {
    let point: [Double]
    var value = 0.0
    var gradient: [Double]
    var hessian: Matrix
  }

  let loss: any FamilyLoss
  let exampleCount: Int
  let dimension: Int
  let penalty: CoordinatePenalty<R>
  /// A block; all blocks have its form.
  private var first: Examples<Features>?
  private var latest: Evaluation?
  private let failures: Failure
  private let blocks: ExampleBlocks<Features>

  /// The average over `count` rows of `features` features.
  convenience init(
    _ loss: any FamilyLoss, count: Int, features: Int, hasIntercept: Bool, regularizer: R,
    over blocks: ExampleBlocks<Features>
  ) {
    let block = features + (hasIntercept ? 1 : 0)
    self.init(
      loss, count: count, penalty: CoordinatePenalty(regularizer, features: features, block: block),
      dimension: block * loss.predictorCount, over: blocks, Failure())
  }

  private init(
    _ loss: any FamilyLoss, count: Int, penalty: CoordinatePenalty<R>, dimension: Int,
    over blocks: ExampleBlocks<Features>, _ failures: Failure
  ) {
    self.loss = loss
    exampleCount = count
    self.dimension = dimension
    self.penalty = penalty
    self.blocks = blocks
    self.failures = failures
  }

  /// The first read error.
  var failure: EspalierError? { failures.error }

  func lossValue(_ x: [Double]) -> Double { evaluation(x).value }

  func lossGradient(_ x: [Double]) -> [Double] { evaluation(x).gradient }

  func lossHessian(_ x: [Double]) -> Matrix { evaluation(x).hessian }

  func fillFlatDirections(of hessian: inout Matrix) {
    guard let first else { return }
    loss.fillFlatDirections(of: &hessian, over: first, regularizer: penalty.regularizer)
  }

  func reach(of step: [Double]) -> Double {
    var reach = 0.0
    forEachBlock { reach = max(reach, loss.reach(of: step, over: $0)) }
    return reach
  }

  /// Value, gradient and, for so few coefficients that a method asks for it, Hessian. Complexity: a pass, unless the
  /// point is that of the call before.
  private func evaluation(_ x: [Double]) -> Evaluation {
    if let latest, latest.point == x { return latest }
    let size = dimension <= Polish.newtonLimit ? dimension : 0
    var result = Evaluation(
      point: x, gradient: [Double](repeating: 0, count: dimension), hessian: Matrix(rows: size, columns: size))
    forEachBlock { examples in
      let share = Double(examples.count) / Double(exampleCount)
      result.value += share * loss.average(over: examples, at: x)
      let gradient = loss.gradient(over: examples, at: x)
      for j in gradient.indices { result.gradient[j] += share * gradient[j] }
      if size > 0 {
        let hessian = loss.hessian(over: examples, at: x)
        for place in hessian.elements.indices { result.hessian.elements[place] += share * hessian.elements[place] }
      }
      first = first ?? examples
    }
    if failure != nil { result.value = .infinity }
    latest = result
    return result
  }

  /// Calls `body` with block after block, until the end, a read error or a signal.
  private func forEachBlock(_ body: (Examples<Features>) -> Void) {
    guard failure == nil else { return }
    do throws(EspalierError) {
      let next = try blocks.reader()
      while let examples = try next() {
        try Interruption.check()
        body(examples)
      }
    } catch {
      failures.error = error
    }
  }
}

extension StreamedObjective: EnvelopedObjective {
  var hasSmoothLoss: Bool { loss.ofPredictor?.isSmooth ?? true }

  func envelope(width: Double) -> StreamedObjective {
    StreamedObjective(
      loss.ofPredictor.map { PredictorLoss(envelope: $0, width: width) } ?? loss, count: exampleCount,
      penalty: penalty, dimension: dimension, over: blocks, failures)
  }

  func envelopeExcess(width: Double, at x: [Double]) -> Double {
    guard let base = loss.ofPredictor else { return 0 }
    func excess(_ base: some Loss, _ examples: Examples<Features>) -> Double {
      Objective(base, over: examples).envelopeExcess(width: width, at: x)
    }
    var sum = 0.0
    forEachBlock { sum += Double($0.count) / Double(exampleCount) * excess(base, $0) }
    return sum
  }
}
