import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierLinearAlgebra
import EspalierOperators
import EspalierTensors
import OrderedCollections

/// The nodes that compute, over one batch, the statistics of layers' inputs.
struct StatisticsNodes {
  /// The input of a layer, and how it is read: readings that agree in both share their statistics.
  struct Point: Hashable {
    let value: String
    let axis: Int
    let windows: Windows?
    /// The right factor and its summed axis, if a product of two computed values reads the value.
    var factor: ValueAxis?
    /// The reading whose contributions are multiplied, if the Gram matrix would be too large.
    let contributions: GroupReading?
  }

  /// The names of the sums computed at one point.
  struct Outputs {
    /// The sums of rows or maps.
    var first: String
    /// The sums of the rows of `hidden`, if it has a part of the windows.
    var partial: String?
    /// The distance of the windows of `hidden`.
    var step = 1
    /// The sums of absolute values, if they differ.
    var magnitudes: String?
    /// The Gram matrix, or the products of contributions.
    var second: String?
    var outputEnergy: String?
    /// The hidden representation as columns x rows, if it is multiplied by itself.
    var hidden: String?
    /// The number of columns in one batch.
    var columns: Int
    /// The empty statistics to which batches are added.
    var empty: ActivationStatistics

    var names: [String] { [first, partial, magnitudes, second, outputEnergy].compactMap { $0 } }
  }

  private var builder: GraphBuilder
  private(set) var outputs: [Point: Outputs] = [:]
  private(set) var points: [GroupReading: Point] = [:]

  /// The nodes and their stored tensors.
  var added: Graph { builder.graph }

  /// The nodes for `readings` in `graph`.
  ///
  /// - Parameters:
  ///   - gramLimit: The most bytes of a Gram matrix in double precision.
  ///   - samples: The number of samples of all batches; `nil` if Gram matrices are to be of all windows.
  ///   - inference: The types of `graph` for the batch.
  /// - Throws: `EspalierError` if a layer's weights are not floating point.
  init(
    of readings: [GroupReading], in graph: Graph, need: StatisticsNeed, gramLimit: Int, samples: Int?,
    _ inference: TypeInference
  ) throws(EspalierError) {
    builder = GraphBuilder(beside: graph)
    let makers = Dictionary(
      inference.nodes.map { ($0.node.outputs.first ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    let nonnegative = inference.nonnegativeValues
    for reading in readings {
      let typed = makers[reading.layer.product]!
      let windows = (typed.op as? any SlidingOperator)?.windows
      let value = reading.layer.reads(in: typed.node)
      let shape = inference.types[value]!.shape
      let rows = shape[reading.layer.activation.axis] * (windows?.kernelCount ?? 1)
      let isProduct = reading.layer.productWidth != nil
      let isGram = isProduct || rows * rows * MemoryLayout<Double>.stride <= gramLimit
      let point = Point(
        value: value, axis: reading.layer.activation.axis, windows: windows,
        factor: isProduct ? reading.layer.weight : nil,
        contributions: need == .secondMoments && !isGram ? reading : nil)
      points[reading] = point
      if let factor = point.factor {
        if outputs[point] == nil { addProduct(point, shape, factor, inference.types[factor.value]!.shape, need) }
      } else if outputs[point] == nil {
        try add(point, shape, rows: rows, need, samples, graph)
        if !nonnegative.contains(value) { addMagnitudes(point, shape) }
      }
    }
  }

  private mutating func add(
    _ point: Point, _ shape: Shape, rows: Int, _ need: StatisticsNeed, _ samples: Int?, _ graph: Graph
  ) throws(EspalierError) {
    let prefix = "statistics/\(outputs.count)"
    let hidden: String
    var result: Outputs
    if let windows = point.windows {
      let map = add(SumToShape.name, [point.value], ["shape": ints([1] + shape.dropFirst())], "\(prefix)/map")
      let takesPart = need == .secondMoments && point.contributions == nil
      let step = takesPart ? samples.map { windows.step(rows: rows, samples: $0) } ?? 1 : 1
      result = Outputs(
        first: map, step: step, columns: shape[0] * windows.count(every: step),
        empty: .init(count: 0, samples: 0, .maps([SummedMap(channels: shape[1], windows: windows)]), nil))
      hidden =
        need == .secondMoments
        ? add(
          Unfold.name, [point.value], .init(uniqueKeysWithValues: Unfold.attributes(windows, every: step)),
          "\(prefix)/patches")
        : ""
      if step > 1 {
        result.partial = add(SumToShape.name, [hidden], ["shape": ints([1, rows])], "\(prefix)/sum")
        result.empty.startPartialSums()
      }
    } else {
      hidden = matrix(point, shape, prefix)
      result = Outputs(
        first: add(SumToShape.name, [hidden], ["shape": ints([1, rows])], "\(prefix)/sum"),
        columns: shape.elementCount / max(rows, 1),
        empty: .init(count: 0, samples: 0, .rows(Array(repeating: 0, count: rows)), nil))
    }
    if let reading = point.contributions {
      result.second = try contributions(of: reading, hidden, rows: rows, graph, prefix)
      result.outputEnergy = add(SquaredNorm.name, [reading.layer.output], [:], "\(prefix)/energy")
      let units = reading.group.size
      result.empty.start(.contributions(Matrix(rows: units, columns: units), outputEnergy: 0))
    } else if need == .secondMoments {
      result.second = add(BatchedProduct.name, [hidden, hidden], ["transA": .int(1)], "\(prefix)/gram")
      result.hidden = hidden
      result.empty.start(.gram(Matrix(rows: rows, columns: rows)))
    }
    outputs[point] = result
  }

  /// The sums of `H_c[i, j] = left[i, c] right[c, j]`, which is not computed: each sum over i and j is a product of
  /// sums over i and sums over j, and the Gram matrix is that of the left factor times that of the right one, element
  /// by element, added up over all matrices of the batch.
  private mutating func addProduct(
    _ point: Point, _ left: Shape, _ factor: ValueAxis, _ right: Shape, _ need: StatisticsNeed
  ) {
    let prefix = "statistics/\(outputs.count)"
    let (rows, channels, columns) = (left[left.rank - 2], left[left.rank - 1], right[right.rank - 1])
    let batch = left.dropLast(2).reduce(1, *)
    let one = add(View.name, [point.value], ["shape": ints([batch, rows, channels])], "\(prefix)/matrices")
    let other = add(View.name, [factor.value], ["shape": ints([batch, channels, columns])], "\(prefix)/factors")
    let absolute = [one, other].map { add(Absolute.name, [$0], [:], "\($0)/absolute") }
    var result = Outputs(
      first: sumOfProducts(one, other, batch: batch, channels, "\(prefix)/sum"),
      magnitudes: sumOfProducts(absolute[0], absolute[1], batch: batch, channels, "\(prefix)/magnitudes"),
      columns: batch * rows * columns,
      empty: .init(count: 0, samples: 0, .rows(Array(repeating: 0, count: channels)), nil))
    result.empty.startMagnitudes(channels: channels)
    if need == .secondMoments {
      let grams = [
        add(BatchedProduct.name, [one, one], ["transA": .int(1)], "\(prefix)/left gram"),
        add(BatchedProduct.name, [other, other], ["transB": .int(1)], "\(prefix)/right gram"),
      ]
      let product = add(Multiply.name, grams, [:], "\(prefix)/grams")
      result.second = add(SumToShape.name, [product], ["shape": ints([1, channels, channels])], "\(prefix)/gram")
      result.empty.start(.gram(Matrix(rows: channels, columns: channels)))
    }
    outputs[point] = result
  }

  /// For each channel, the sum over the batch of the sums over rows of `left` times the sums over columns of `right`.
  private mutating func sumOfProducts(
    _ left: String, _ right: String, batch: Int, _ channels: Int, _ name: String
  ) -> String {
    let row = ints([batch, 1, channels])
    let over = add(SumToShape.name, [left], ["shape": row], "\(name)/left")
    let across = add(SumToShape.name, [right], ["shape": ints([batch, channels, 1])], "\(name)/right")
    let turned = add(View.name, [across], ["shape": row], "\(name)/turned")
    let product = add(Multiply.name, [over, turned], [:], "\(name)/products")
    return add(SumToShape.name, [product], ["shape": ints([1, 1, channels])], name)
  }

  /// The sums of absolute values, one for each channel.
  private mutating func addMagnitudes(_ point: Point, _ shape: Shape) {
    guard var result = outputs[point] else { return }
    let channels = shape[point.axis]
    let absolute = add(Absolute.name, [point.value], [:], "\(result.first)/absolute")
    let target = shape.indices.map { $0 == point.axis ? channels : 1 }
    result.magnitudes = add(SumToShape.name, [absolute], ["shape": ints(target)], "\(result.first)/magnitudes")
    result.empty.startMagnitudes(channels: channels)
    outputs[point] = result
  }

  /// The activation as samples x channels.
  private mutating func matrix(_ point: Point, _ shape: Shape, _ prefix: String) -> String {
    var value = point.value
    if point.axis != shape.rank - 1 {
      let order = shape.indices.filter { $0 != point.axis } + [point.axis]
      value = add(Transpose.name, [value], ["perm": ints(order)], "\(prefix)/channels last")
    }
    let channels = shape[point.axis]
    return add(
      View.name, [value], ["shape": ints([shape.elementCount / max(channels, 1), channels])], "\(prefix)/rows")
  }

  /// The products of the units' contributions to a layer's output, with its factors and normalisation folded in.
  private mutating func contributions(
    of reading: GroupReading, _ hidden: String, rows: Int, _ graph: Graph, _ prefix: String
  ) throws(EspalierError) -> String {
    let weight = try LayerWeights(reading.layer, in: graph).expanded
    let taps = rows / max(reading.layer.channelCount(in: graph), 1)
    let own = reading.channels.map { $0.flatMap { channel in (0..<taps).map { channel * taps + $0 } } }
    let width = own.map(\.count).max() ?? 0
    var elements = [Float](repeating: 0, count: own.count * width * weight.rows)
    for (unit, rows) in own.enumerated() {
      for (place, row) in rows.enumerated() {
        let start = (unit * width + place) * weight.rows
        for output in 0..<weight.rows { elements[start + output] = Float(weight[output, row]) }
      }
    }
    let stored = builder.store(Tensor(shape: [own.count, width, weight.rows], elements), as: "\(prefix)/weights")
    let padded = own.flatMap { $0 + Array(repeating: -1, count: width - $0.count) }
    return add(UnitInteraction.name, [hidden, stored], ["rows": ints(padded)], "\(prefix)/contributions")
  }

  private mutating func add(
    _ op: OperatorName, _ inputs: [String], _ attributes: OrderedDictionary<String, Attribute>, _ name: String
  ) -> String {
    builder.add(op, inputs, attributes, output: name)
  }

  private func ints(_ values: some Sequence<Int>) -> Attribute { .ints(values.map(Int64.init)) }
}

extension Windows {
  /// The distance of the windows that stand for all in second moments: as many are taken that each input lies in about
  /// one, since windows that overlap say nearly the same, and at least sixteen for each of `rows` of a Gram matrix.
  /// Where even a hundred and twenty-eight for each row are fewer, these are taken: the error of n numbers that are
  /// fitted to m windows is n / m larger than the least one, and a large map has many times as many.
  ///
  /// Matrices of windows cost at most as much as forward passes then, whatever the kernel, and little on large maps. The
  /// distance has no factor in common with the width of the output, so that windows of all columns are taken, those at
  /// borders in their proportion.
  func step(rows: Int, samples: Int) -> Int {
    func distance(leaving windowsOfRow: Int) -> Int {
      let needed = (windowsOfRow * rows + samples - 1) / max(samples, 1)
      return outputCount / max(needed, 1)
    }
    let overlap = kernelCount * outputCount / max(inputCount, 1)
    let most = max(min(overlap, distance(leaving: Self.leastWindowsOfRow)), distance(leaving: Self.manyWindowsOfRow))
    let width = axes.last?.count ?? 1
    return (1...max(most, 1)).last { Self.greatestCommonDivisor($0, width) == 1 } ?? 1
  }

  /// The number of windows that are taken of a sample at a distance of `step`.
  func count(every step: Int) -> Int { (outputCount + step - 1) / step }

  private static let leastWindowsOfRow = 16
  private static let manyWindowsOfRow = 128

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }
}
