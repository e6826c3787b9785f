import ArgumentParser
import EspalierFiles
import EspalierGraph
import EspalierONNX

/// A model named on the command line.
struct ModelFile: ExpressibleByArgument {
  let path: String

  init(argument: String) {
    path = argument
  }

  /// Reads the file and checks that its parts fit.
  func read() throws(EspalierError) -> Model {
    try ONNXFile.read(path)
  }

  /// Does `body`, and puts the file's name before whatever is wrong with the model.
  ///
  /// Models are read outside of `body`, because reading names the file by itself.
  func blame<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as EspalierError where error.kind == .model {
      throw error.within(path)
    }
  }
}
