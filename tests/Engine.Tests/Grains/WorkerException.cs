using Orleans;

namespace Actors.Engine.Tests.Grains;

[GenerateSerializer, Alias("tests.worker-exception")]
public sealed class WorkerException(string message) : Exception(message);
