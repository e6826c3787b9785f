import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors
import Foundation

/// The accuracy and loss of a classifier on labelled samples.
package struct Evaluation: Hashable, Sendable, Codable {
  /// The number of samples.
  package let count: Int
  /// The fraction whose class has the largest output.
  package let top1: Double
  /// The fraction whose class is among the five largest outputs.
  package let top5: Double
  /// The mean cross-entropy, with the outputs as logits.
  package let loss: Double
  /// The evaluation of each part of the data (each language) by name, if there are several.
  package let parts: [String: Evaluation]?

  /// Runs `graph` over all samples of `dataset`.
  ///
  /// - Parameter progress: Receives the number of samples done.
  /// - Throws: `EspalierError` if network and data do not fit.
  package init(
    of graph: Graph, on dataset: any Dataset, batchSize: Int = 500, backend: any Backend = Backends.standard,
    progress: (Int) -> Void = { _ in }
  ) throws(EspalierError) {
    let classifier = try Classifier(graph, on: dataset)
    let stream = try BatchSequence(dataset, batchSize: batchSize).epoch(0)
    var session: (feeds: [String: TensorType], session: Session)?
    let names = dataset.parts
    var (whole, parts) = (AccuracyCounts(), [String: AccuracyCounts]())
    while let batch = try stream.next() {
      let inputs = classifier.adapter(batch)
      if session?.feeds != inputs.types {
        let plan = try Plan(graph, feeds: inputs.types, results: [classifier.output])
        session = (inputs.types, try Session(plan, on: backend))
      }
      guard let current = session?.session else { break }
      try current.feed(inputs)
      current.run()
      let logits = try current.buffer(classifier.output).floats
      for (row, label) in (batch.labels ?? []).enumerated() {
        let outcome = Outcome(logits, row: row, classes: classifier.classCount, label: label)
        whole.add(outcome)
        if let names { parts[names[batch.indices[row]], default: AccuracyCounts()].add(outcome) }
      }
      progress(whole.count)
    }
    self.init(whole, parts: parts.count > 1 ? parts.mapValues { Evaluation($0, parts: nil) } : nil)
  }

  private init(_ counts: AccuracyCounts, parts: [String: Evaluation]?) {
    count = counts.count
    let divisor = Double(max(count, 1))
    (top1, top5, loss) = (Double(counts.first) / divisor, Double(counts.five) / divisor, counts.loss / divisor)
    self.parts = parts
  }
}

/// The sums over samples.
private struct AccuracyCounts {
  private(set) var (count, first, five, loss) = (0, 0, 0, 0.0)

  mutating func add(_ outcome: Outcome) {
    count += 1
    first += outcome.rank == 0 ? 1 : 0
    five += outcome.rank < 5 ? 1 : 0
    loss += outcome.loss
  }
}

/// The result for one sample.
private struct Outcome {
  /// The number of classes with a larger output than the correct one (of equal outputs, the lower class wins).
  let rank: Int
  /// The cross-entropy.
  let loss: Double

  init(_ logits: UnsafeMutableBufferPointer<Float>, row: Int, classes: Int, label: Int) {
    let start = row * classes
    let own = logits[start + label]
    var (rank, maximum) = (0, -Float.infinity)
    for c in 0..<classes {
      let other = logits[start + c]
      if other > own || (other == own && c < label) || other.isNaN { rank += 1 }
      maximum = max(maximum, other)
    }
    var sum = 0.0
    for c in 0..<classes { sum += exp(Double(logits[start + c] - maximum)) }
    // A NaN output is a miss, however few classes there are.
    self.rank = own.isNaN ? .max : rank
    loss = log(sum) + Double(maximum - own)
  }
}
