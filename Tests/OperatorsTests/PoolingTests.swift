import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import OrderedCollections
import Testing

@Suite struct PoolingTests {
  private func pooled(
    _ op: OperatorName, _ values: [Float], _ attributes: OrderedDictionary<String, Attribute>, on backend: any Backend
  ) throws -> [Float] {
    try run(op, [Tensor(shape: [1, 1, values.count], values)], attributes, on: backend).elements()
  }

  @Test(arguments: Backends.all)
  func paddingIsNoNumber(backend: any Backend) throws {
    let attributes: OrderedDictionary<String, Attribute> = ["kernel_shape": .ints([3]), "pads": .ints([1, 1])]
    #expect(try pooled(MaxPool.name, [-1, -3, -2], attributes, on: backend) == [-1, -1, -2])
    #expect(try pooled(AveragePool.name, [1, 3, 2], attributes, on: backend) == [2, 2, 2.5])
    let counting = attributes.merging(["count_include_pad": .int(1)]) { $1 }
    #expect(try pooled(AveragePool.name, [3, 3, 6], counting, on: backend) == [2, 4, 3])
  }

  @Test(arguments: Backends.all)
  func theLastWindowMayHangOver(backend: any Backend) throws {
    var attributes: OrderedDictionary<String, Attribute> = ["kernel_shape": .ints([2]), "strides": .ints([2])]
    #expect(try pooled(MaxPool.name, [1, 2, 3, 4, 5], attributes, on: backend) == [2, 4])
    attributes["ceil_mode"] = .int(1)
    #expect(try pooled(MaxPool.name, [1, 2, 3, 4, 5], attributes, on: backend) == [2, 4, 5])
    #expect(try pooled(AveragePool.name, [1, 2, 3, 4, 5], attributes, on: backend) == [1.5, 3.5, 5])
    // Places beyond the padding are not counted, although the padding is.
    attributes["count_include_pad"] = .int(1)
    #expect(try pooled(AveragePool.name, [1, 2, 3, 4, 5], attributes, on: backend) == [1.5, 3.5, 5])
    // A window that begins behind the input is none.
    attributes["pads"] = .ints([0, 1])
    #expect(try pooled(MaxPool.name, [1, 2, 3, 4], attributes, on: backend) == [2, 4])
  }

  @Test(arguments: Backends.all)
  func whatIsNoNumberIsPassedOn(backend: any Backend) throws {
    let y = try pooled(MaxPool.name, [.nan, 1, 2, .nan, 0], ["kernel_shape": .ints([2])], on: backend)
    #expect(y.map(\.isNaN) == [true, false, true, true])
    let shape: Shape = [1, 1, 3]
    let largest = try run(GlobalMaxPool.name, [Tensor(shape: shape, [1, Float.nan, 2])], on: backend)
    #expect(largest.elements(as: Float.self)[0].isNaN)
  }

  @Test(arguments: Backends.all)
  func globalPoolsAreWindowsOverAll(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 1)
    let x = Tensor.random([2, 3, 4, 5], &generator)
    let attributes: OrderedDictionary<String, Attribute> = ["kernel_shape": .ints([4, 5])]
    for (global, windows) in [(GlobalMaxPool.name, MaxPool.name), (GlobalAveragePool.name, AveragePool.name)] {
      let expected = try run(windows, [x], attributes, on: backend)
      #expect(try run(global, [x], on: backend).distance(from: expected) < 1e-6)
    }
  }

  @Test(arguments: Backends.all)
  func theFirstOfSeveralLargestNumbersTakesTheGradient(backend: any Backend) throws {
    let gradient = Tensor(shape: [1, 1, 2], [1, 10] as [Float])
    let x = Tensor(shape: [1, 1, 3], [2, 2, 2] as [Float])
    let dX = try run(MaxPoolDerivative.name, [gradient, x], ["kernel_shape": .ints([2])], on: backend)
    #expect(dX == Tensor(shape: [1, 1, 3], [1, 10, 0] as [Float]))
  }

  @Test(arguments: Backends.all)
  func positionsNumberTheElementsOfTheWholeInput(backend: any Backend) throws {
    let x = Tensor(shape: [1, 2, 2, 2], [1, 4, 4, .nan, 5, 3, 2, 5] as [Float])
    let graph = OperatorCase(
      MaxPool.name, [.variable(x.shape)], ["kernel_shape": .ints([2, 1]), "storage_order": .int(1)], outputs: 2)
    let results = try graph.run(["x0": x], on: backend)
    #expect(results[0].elements(as: Float.self).map(\.isNaN) == [false, true, false, false])
    // The elements of a plane are numbered column by column; of equals the first counts.
    #expect(results[1].elements(as: Int64.self) == [1, 3, 4, 7])
  }
}
