// Only for this folder; the product is not bundled with vite.
export default {
  root: 'app',
  esbuild: { jsx: 'automatic', target: 'esnext' },
  optimizeDeps: {
    include: [
      '@grafana/data',
      '@grafana/ui',
      'react',
      'react-dom/client',
      'react/jsx-dev-runtime',
      'rxjs',
      'd3-scale-chromatic',
    ],
    esbuildOptions: { target: 'esnext' },
  },
};
