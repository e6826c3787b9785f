import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierInputs
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The same network with the running statistics of its batch normalisations recomputed: the means of the batch
  /// statistics over one pass, weighted by batch size. Labels are ignored.
  ///
  /// One pass serves all layers: each sees a batch that the layers before it normalise by its own statistics, as in
  /// training. A pass for each layer, with the new statistics already stored in front, would differ by the spread of
  /// the statistics among batches, which is small for batches of a few hundred samples.
  ///
  /// - Parameters:
  ///   - batchSize: Samples in one run; memory grows with it alone.
  ///   - progress: Receives the number of samples done.
  /// - Throws: `EspalierError` if the network has no batch normalisation with stored statistics, or the data does not
  ///   fit it.
  package func recalibrated(
    on dataset: any Dataset, batchSize: Int = 256, backend: any Backend = Backends.standard,
    progress: (Int) -> Void = { _ in }
  ) throws(EspalierError) -> Graph {
    var network = try preparedForTraining()
    let training = try BatchStatisticsGraph(network)
    guard !training.statistics.isEmpty else {
      throw EspalierError(
        .model, "the network", "has no batch normalisation with stored statistics, so none can be computed anew")
    }
    let adapter = try InputAdapter(dataset, for: network)
    let stream = try dataset.stream(batchSize: batchSize)
    var session: (feeds: [String: TensorType], session: Session)?
    var sums = training.statistics.map { [Double](repeating: 0, count: network.constants[$0.stored]?.count ?? 0) }
    var count = 0
    while let batch = try stream.next() {
      let inputs = adapter(batch)
      if session?.feeds != inputs.types {
        let plan = try Plan(training.graph, feeds: inputs.types, results: training.statistics.map(\.batch))
        session = (inputs.types, try Session(plan, on: backend))
      }
      guard let current = session?.session else { break }
      try current.feed(inputs)
      current.run()
      for (index, statistic) in training.statistics.enumerated() {
        let values = try current.buffer(statistic.batch).floats
        for i in values.indices { sums[index][i] += Double(batch.count) * Double(values[i]) }
      }
      count += batch.count
      progress(count)
    }
    guard count > 0 else { throw EspalierError(.data, dataset.name, "has no sample that can be read") }
    for (statistic, sum) in zip(training.statistics, sums) {
      network.constants[statistic.stored] = Tensor(shape: [sum.count], sum.map { Float($0 / Double(count)) })
    }
    return network
  }
}
