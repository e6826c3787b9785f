import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// How far a small network answers as the large one does that it was made from, on inputs that its making has not seen.
///
/// Verification says that surgery was done right; this says what the pruning costs.
package struct Fidelity: Hashable, Sendable, Codable {
  /// One output of both networks.
  package struct Output: Hashable, Sendable, Codable {
    /// Its name.
    package let name: String
    /// The share of samples for which the same entry is the largest, where the output is one row of numbers for each
    /// sample (classes, as a rule); of whole numbers, the share that are equal. `nil` for other outputs.
    package let agreement: Double?
    /// `|| small - dense ||_F / || dense ||_F` over all samples; `nil` for whole numbers.
    package let relativeError: Double?
  }

  /// The outputs, in the network's order.
  package let outputs: [Output]
  /// How many samples were compared.
  package let samples: Int
  /// Whether a twin was judged in the network's place, pruned in the same way on four fifths of the inputs
  /// (``CalibrationSplit``).
  package let isTwin: Bool

  /// The agreement of the first output that has one.
  package var agreement: Double? { outputs.lazy.compactMap(\.agreement).first }

  /// The largest relative error of an output; `nil` if all of them are whole numbers.
  package var relativeError: Double? { outputs.compactMap(\.relativeError).max() }

  /// Runs both networks over all of `data`.
  ///
  /// - Parameter progress: Told how many samples are done.
  /// - Throws: `EspalierError` if networks and data do not fit.
  /// - Complexity: a forward pass of each network; memory does not grow with the number of samples.
  package init(
    of small: Graph, against dense: Graph, on data: any CalibrationData, isTwin: Bool = false,
    backend: any Backend = Backends.standard, progress: (Int) -> Void = { _ in }
  ) throws(EspalierError) {
    let size = try CalibrationPass(graph: dense, gramLimit: 0, cut: dense.outputs.map(\.name))
      .batchSize(atMost: 256, of: data.count)
    var runs = PairedRuns(small, dense, on: backend)
    var tallies = dense.outputs.map { Tally(name: $0.name) }
    var samples = 0
    let stream = try data.batches(of: size)
    while let batch = try stream.next() {
      let (answers, targets) = try runs(batch)
      for index in tallies.indices {
        guard let answer = answers[tallies[index].name], let target = targets[tallies[index].name] else { continue }
        tallies[index].add(answer, target)
      }
      samples += batch.values.first?.shape.first ?? 0
      progress(samples)
    }
    outputs = tallies.map(\.output)
    self.samples = samples
    self.isTwin = isTwin
  }
}

/// The sums behind the figures of one output.
private struct Tally {
  let name: String
  private var isWhole = false
  private var rows = 0
  private var agreeing = 0
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
    }
  }

  var output: Fidelity.Output {
    Fidelity.Output(
      name: name, agreement: rows > 0 ? Double(agreeing) / Double(rows) : nil,
      relativeError: isWhole ? nil : error == 0 ? 0 : (error / energy).squareRoot())
  }
}

extension Shape {
  /// C of `N x C`, also with axes of size 1 behind it, for more than one entry; `nil` for other shapes.
  fileprivate var rowWidth: Int? {
    guard rank >= 2, self[1] > 1, dropFirst(2).allSatisfy({ $0 == 1 }) else { return nil }
    return self[1]
  }
}

extension ArraySlice<Double> {
  /// The position in the slice of the first of its largest elements.
  fileprivate var firstLargest: Int? { indices.max { (self[$0], $1) < (self[$1], $0) }.map { $0 - startIndex } }
}
