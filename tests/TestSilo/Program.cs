using Actors.TestSilo;
using Microsoft.Extensions.Hosting;

// A silo of grains that only tests need, as a process of its own.
using var host = AlarmHost.Build(args, holdsGrains: true);
await host.RunAsync();
