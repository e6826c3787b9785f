import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// The agreement of a small network with the large one it was made from, on inputs that were not used to make it.
///
/// Verification shows that surgery is correct; fidelity measures the cost of pruning.
package struct Fidelity: Hashable, Sendable, Codable {
  /// One output of both networks.
  package struct Output: Hashable, Sendable, Codable {
    /// Its name.
    package let name: String
    /// The share of samples with the same largest entry, if the output is one row of numbers for each sample (usually
    /// classes); for integers, the share of equal elements. `nil` for other outputs.
    package let agreement: Double?
    /// `|| small - dense ||_F / || dense ||_F` over all samples; `nil` for integers.
    package let relativeError: Double?
    /// The mean over samples of `KL(dense || small)` in nats, if the output is one row of class scores or probabilities
    /// for each sample; `nil` for other outputs.
    package let klDivergence: Double?
  }

  /// The outputs, in the network's order.
  package let outputs: [Output]
  /// The number of samples compared.
  package let samples: Int
  /// Whether a twin was judged instead, pruned in the same way on four fifths of the inputs (``CalibrationSplit``).
  package let isTwin: Bool

  /// The agreement of the first output that has one.
  package var agreement: Double? { outputs.lazy.compactMap(\.agreement).first }

  /// The interval in which ``agreement`` lies, since the inputs are some of many; integers of one sample count as one.
  package var agreementInterval: WilsonInterval? { agreement.map { WilsonInterval(share: $0, of: samples) } }

  /// The largest relative error of an output; `nil` if all of them are integers.
  package var relativeError: Double? { outputs.compactMap(\.relativeError).max() }

  /// The output whose divergence from the dense network is largest; `nil` if none is a row of classes.
  package var worstDivergence: Output? {
    outputs.filter { $0.klDivergence != nil }.max { $0.klDivergence! < $1.klDivergence! }
  }

  /// Runs both networks over all of `data`.
  ///
  /// - Parameter progress: Receives the number of samples done.
  /// - Throws: `EspalierError` if networks and data do not fit.
  /// - Complexity: a forward pass of each network; memory does not grow with the number of samples.
  package init(
    of small: Graph, against dense: Graph, on data: any CalibrationData, isTwin: Bool = false,
    backend: any Backend = Backends.standard, progress: (Int) -> Void = { _ in }
  ) throws(EspalierError) {
    let size = try CalibrationPass(graph: dense, gramLimit: 0, cut: dense.outputs.map(\.name))
      .batchSize(atMost: 256, of: data.count)
    var runs = PairedRuns(small, dense, on: backend)
    var sums = dense.outputs.map { FidelitySums(name: $0.name) }
    var samples = 0
    let stream = try data.batches(of: size)
    while let batch = try stream.next() {
      let (answers, targets) = try runs(batch)
      for index in sums.indices {
        guard let answer = answers[sums[index].name], let target = targets[sums[index].name] else { continue }
        sums[index].add(answer, target)
      }
      samples += batch.sampleCount
      progress(samples)
    }
    outputs = sums.map(\.output)
    self.samples = samples
    self.isTwin = isTwin
  }
}

/// The sums for the figures of one output.
private struct FidelitySums {
  let name: String
  private var isWhole = false
  private var rows = 0
  private var agreeing = 0
  private var divergence = DivergenceSum()
  private var error = 0.0
  private var energy = 0.0

  init(name: String) {
    self.name = name
  }

  mutating func add(_ answer: Tensor, _ target: Tensor) {
    guard answer.shape == target.shape, let own = answer.doubles(), let dense = target.doubles() else { return }
    isWhole = !target.elementType.isFloatingPoint
    if isWhole {
      rows += dense.count
      agreeing += zip(own, dense).count { $0 == $1 }
      return
    }
    for (x, y) in zip(own, dense) {
      error += (x - y) * (x - y)
      energy += y * y
    }
    guard let width = target.shape.rowWidth else { return }
    rows += target.shape[0]
    for start in stride(from: 0, to: dense.count, by: width) {
      let row = start..<start + width
      agreeing += own[row].firstLargest == dense[row].firstLargest ? 1 : 0
      divergence.add(own[row], dense[row])
    }
  }

  var output: Fidelity.Output {
    Fidelity.Output(
      name: name, agreement: rows > 0 ? Double(agreeing) / Double(rows) : nil,
      relativeError: isWhole ? nil : error == 0 ? 0 : (error / energy).squareRoot(), klDivergence: divergence.mean)
  }
}

extension Shape {
  /// C of `N x C`, possibly with further axes of size 1, for C > 1; `nil` for other shapes.
  var rowWidth: Int? {
    guard rank >= 2, self[1] > 1, dropFirst(2).allSatisfy({ $0 == 1 }) else { return nil }
    return self[1]
  }
}

extension ArraySlice<Double> {
  /// The position in the slice of its largest element, the first of equal ones.
  fileprivate var firstLargest: Int? { indices.max { (self[$0], $1) < (self[$1], $0) }.map { $0 - startIndex } }
}
