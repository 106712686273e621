namespace Actors.Engine;

internal static class Placeholder;
