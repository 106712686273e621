// Types that the language asks for and netstandard2.0 lacks.
#pragma warning disable IDE0130, MA0182, CA1815

namespace System.Runtime.CompilerServices
{
    internal static class IsExternalInit;
}

namespace System
{
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;
    }
}
