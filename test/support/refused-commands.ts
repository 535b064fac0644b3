/**
 * The command lines that are refused, in a folder that `furnish` has made. PORT is one that another
 * program has.
 */
export const refusedCommands = `
weir nonsense
weir --nonsense
weir train
weir train wgan-pg
weir train wgan-gp extra
weir train wgan-gp --nonsense
weir train wgan-gp --data grid52
weir train wgan-gp --data idx:none
weir train wgan-gp --data folder:none
weir train wgan-gp --data raw:none,8x8x1
weir train wgan-gp --data raw:pixels,8x8
weir train wgan-gp --data cifar10:none
weir train frozen-lake-q --data grid25
weir train wgan-gp --engine gpu
weir train wgan-gp --steps 0
weir train wgan-gp --steps many
weir train wgan-gp --batch 0
weir train wgan-gp --seed -1
weir train pacgan --batch 5
weir train progressive-gan --data raw:odd,12x12x1
weir train progressive-gan --set from=6
weir train progressive-gan --set fade=0
weir train stack-gan --set stage-one-steps=0
weir train pix2pix --data pairs:unmatched
weir train pix2pix --data shapes:16
weir train text-gan --data raw:odd,12x12x1
weir train wgan-gp --set width
weir train wgan-gp --set widht=4
weir train wgan-gp --set width=wide
weir train wgan-gp --set width=0
weir train wgan-gp --set learning_rate=1e-3
weir train wgan-gp --set batch_size=64
weir train cart-pole-dqn --set tau=0.005
weir train --config none.yaml
weir train --config full
weir train --config typo.yaml
weir train --config range.yaml
weir train --config twice.yaml
weir train --config later.yaml
weir train lsgan --config later.yaml
weir train --config replanned/config.yaml --set fade=0
weir config wgan-pg
weir config taxi-q --data ring8
weir list wgan-pg
weir train wgan-gp --checkpoint-every 0
weir train wgan-gp --log-every 0
weir train wgan-gp --out gan
weir train wgan-gp --out file
weir train wgan-gp --out file/run
weir train wgan-gp --out full
weir train wgan-gp --evaluate-every 0
weir train wgan-gp --evaluate-async
weir train wgan-gp --features none.safetensors
weir train wgan-gp --metrics fid
weir train wgan-gp --samples 100
weir train wgan-gp --keep-best fid
weir train wgan-gp --stop-after 3
weir train wgan-gp --evaluate-every 5 --metrics fdi
weir train wgan-gp --evaluate-every 5 --samples 1
weir train wgan-gp --evaluate-every 5 --episodes 3
weir train wgan-gp --evaluate-every 5 --keep-best loss
weir train wgan-gp --evaluate-every 5 --stop-after 3
weir train wgan-gp --evaluate-every 5 --features none.safetensors
weir train wgan-gp --evaluate-every 5 --features file
weir train wgan-gp --data shapes:16 --evaluate-every 5
weir train frozen-lake-q --evaluate-every 5 --evaluate-async
weir train frozen-lake-q --evaluate-every 5 --metrics fid
weir train frozen-lake-q --evaluate-every 5 --episodes 0
weir train wgan-gp --on-alert NonFiniteValues
weir train wgan-gp --on-alert NonFiniteValue=stop
weir train wgan-gp --on-alert NonFiniteValues=halt
weir train wgan-gp --alert-webhook ftp://example.org
weir train wgan-gp --host 192.0.2.1
weir train wgan-gp --port PORT
weir train wgan-gp --port 70000
weir train wgan-gp --port http
weir train wgan-gp --allow-host http://example.org
weir train wgan-gp --control readable-token
weir train wgan-gp --control short-token
weir train wgan-gp --control full
weir resume
weir resume none
weir resume full
weir resume gan
weir resume gan --steps 4
weir resume gan --steps 0
weir resume gan --steps 9 --engine gpu
weir resume gan --steps 9 --data ring8
weir resume gan --steps 9 --features none.safetensors
weir resume gan --steps 9 --port PORT
weir resume gan --steps 9 --on-alert NonFiniteValue=stop
weir resume gan --steps 9 --alert-webhook example.org
weir resume gan --steps 9 --control readable-token
weir resume locked --steps 9
weir resume changed --steps 9
weir resume replanned --steps 9
weir resume broken --steps 9
weir resume agent
weir resume torn
weir serve
weir serve none
weir serve file
weir serve full --port PORT
weir serve full --port -1
weir serve full --host 192.0.2.1
weir serve full --allow-host http://example.org
weir sample
weir sample none
weir sample empty
weir sample agent
weir sample broken
weir sample gan --count 0
weir sample gan --seed -1
weir sample gan --interpolate 1
weir sample gan --caption circle
weir sample gan --class 1
weir sample captioned --caption turquoise
weir sample captioned --class 1
weir sample captioned --class 1 --interpolate 2
weir sample gan --first -1
weir sample gan --truncation 0
weir sample gan --format jpg
weir sample gan --format png --out new
weir sample gan --format gif --out new.gif
weir sample gan --format grid --out new.gif
weir sample gan --count 70000
weir sample captioned --count 5000
weir sample captioned --format csv --out new.csv
weir sample captioned --format png --out full
weir sample captioned --format png --count 2 --out new.png
weir sample gan --interpolate 65
weir sample gan --interpolate 2 --count 3
weir sample gan --interpolate 2 --out new.npy
weir sample gan --frames 2
weir sample captioned --interpolate 2 --frames 0 --out new.gif
weir sample gan --latent none.npy
weir sample gan --latent file
weir sample gan --latent one.json
weir sample gan --latent rows.json --count 3
weir sample gan --latent rows.json --truncation 1
weir sample gan --engine gpu
weir sample gan --data grid52
weir sample gan --out sample.jpg
weir card none
weir card gan --license mti
weir card gan --out full
weir card gan --out file
weir card gan --samples 5
weir card agent --episodes 0
weir export
weir export none --onnx g.onnx
weir export empty --onnx g.onnx
weir export broken --onnx g.onnx
weir export gan
weir export gan --onnx g.bin
weir export gan --onnx file/g.onnx
weir export gan --safetensors g.onnx
weir export gan --web full
weir export gan --web file
weir export gan --web page --what critic
weir export gan --onnx g.onnx --what critc
weir export gan --onnx g.onnx --engine gpu
weir export agent --onnx g.onnx --what generator
weir list extra
weir list --nonsense
weir doctor extra
weir data
weir data list extra
weir data show
weir data show grid52
weir data show folder:none
weir data show folder:full
weir data fetch
weir data fetch imagenet
weir data fetch mnist --mirror none --folder data
weir features
weir features train
weir features train --data grid25
weir features train --data grid52
weir features train --data shapes:16 --labels colours
weir features train --data shapes:16 --epochs 0
weir features train --data shapes:16 --images 0
weir features train --data shapes:16 --seed -1
weir features train --data shapes:16 --engine gpu
weir features show
weir features show none.safetensors
weir features show file
weir evaluate
weir evaluate none
weir evaluate empty
weir evaluate broken
weir evaluate gan --metrics fdi
weir evaluate gan --samples 1
weir evaluate gan --episodes 3
weir evaluate gan --features none.safetensors
weir evaluate gan --memorisation
weir evaluate gan --transfer --samples 20
weir evaluate gan --checkpoint none.safetensors
weir evaluate gan --checkpoint file
weir evaluate gan --seed -1
weir evaluate gan --engine gpu
weir evaluate agent --metrics fid
weir evaluate agent --samples 9
weir evaluate agent --features none.safetensors
weir evaluate agent --episodes 0
weir compare
weir compare none
weir compare full
weir compare gan --values nonsense
weir compare gan --format xml
weir compare gan --out curves.jpg
weir render
weir render none
weir render gan
weir render unstarted
weir render agent --episode -1
weir render agent --seed -1
weir render agent --width 1
weir render agent --engine gpu
weir render agent --out episode.mp4
`;
