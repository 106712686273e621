using System.Runtime.CompilerServices;

namespace Actors.Engine.Tests;

/// <summary>Some tests block threads on purpose; the pool adds new ones only slowly, and the others would wait for them.</summary>
internal static class Threads
{
    private const int AtOnce = 128;

#pragma warning disable CA2255 // a test run has no other place that comes before everything
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Provide() => ThreadPool.SetMinThreads(AtOnce, AtOnce);
}
